"""Scores that answer what a glossary keeper asks: did it help, on which names, at what cost?"""

from bitrans.evaluation.commands import evaluate_paths, score_briefs, score_paths
from bitrans.evaluation.inputs import Task, read_tasks
from bitrans.evaluation.measuring import evaluate_tasks

__all__ = ["Task", "evaluate_paths", "evaluate_tasks", "read_tasks", "score_briefs", "score_paths"]
