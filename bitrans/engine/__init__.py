"""The translation engine: CTranslate2 and SentencePiece, and nobody else imports them."""
