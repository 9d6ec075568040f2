"""Arabic words of numbers, as :func:`bitrans.arabic.fold_for_matching` writes them."""

from __future__ import annotations

from decimal import Decimal


def read_values(table: str) -> dict[str, Decimal]:
    """The words of a table ``VALUE WORD WORD, VALUE WORD`` with their values.

    >>> read_values("2 two pair, 0.5 half")["pair"]
    Decimal('2')
    """
    rows = (entry.split() for entry in table.split(","))
    return {word: Decimal(value) for value, *words in rows for word in words}


#: What multiplies the number before it.
SCALES = read_values(
    "100 ميه مايه, 1e3 الف الفا الاف الوف, 1e6 مليون مليونا ملايين,"
    "1e9 مليار مليارا مليارات بليون بلايين, 1e12 تريليون تريليونا تريليونات ترليون"
)
UNITS = read_values(
    "1 واحد واحده واحدا, 2 اثنان اثنين اثنتان اثنتين اثنا اثني اثنتا اثنتي, 3 ثلاث ثلاثه,"
    "4 اربع اربعه, 5 خمس خمسه, 6 ست سته, 7 سبع سبعه, 8 ثمان ثماني ثمانيه, 9 تسع تسعه,"
    "10 عشر عشره"
)
TENS = read_values(
    "20 عشرون عشرين, 30 ثلاثون ثلاثين, 40 اربعون اربعين, 50 خمسون خمسين, 60 ستون ستين,"
    "70 سبعون سبعين, 80 ثمانون ثمانين, 90 تسعون تسعين"
)
#: Hundreds in one word, and duals of scales.
WHOLE = read_values(
    "200 ميتان ميتين ميتا ميتي مايتان مايتين مايتا مايتي, 300 ثلاثميه ثلاثمايه, 400 اربعميه"
    " اربعمايه, 500 خمسميه خمسمايه, 600 ستميه ستمايه, 700 سبعميه سبعمايه, 800 ثمانميه ثمانمايه"
    " ثمانيميه, 900 تسعميه تسعمايه, 2e3 الفان الفين الفي, 2e6 مليونان مليونين مليوني,"
    "2e9 ملياران مليارين ملياري"
)
