"""Step 7: average the weights of several checkpoints.

``python -m training.average OUT STEP.pt [STEP.pt …]`` (Vaswani et al. 2017, section 6.1).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def average_weights(paths: list[Path]) -> dict[str, torch.Tensor]:
    """The mean of each weight over the checkpoints."""
    total: dict[str, torch.Tensor] = {}
    for path in paths:
        state = torch.load(path, map_location="cpu", weights_only=False)["model"]
        for name, value in state.items():
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
