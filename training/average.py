"""Step 7: average the weights of several checkpoints, or of exported models too.

``python -m training.average OUT STEP.pt [STEP.pt …]`` (Vaswani et al. 2017, section 6.1).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from training.shipped import read_weights


def average_weights(paths: list[Path]) -> dict[str, torch.Tensor]:
    """The mean of each weight over the checkpoints."""
    total: dict[str, torch.Tensor] = {}
    for path in paths:
        for name, value in read_weights(path).items():
            total[name] = total.get(name, 0.0) + value.float() / len(paths)
    return total


def main() -> None:
    """Parse the command line and run the step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    options = parser.parse_args()
    torch.save({"model": average_weights(options.checkpoints)}, options.out)
    print(f"averaged {len(options.checkpoints)} checkpoints")


if __name__ == "__main__":
    main()
