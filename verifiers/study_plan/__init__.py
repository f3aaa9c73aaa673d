"""Study plans: topics, sessions and the constraints they have to keep. The formula is `claims.StudyPlan`."""

from verifiers.study_plan.parts import Deadline, Limit, Reviews, Session, Spacing, Topic

__all__ = ["Deadline", "Limit", "Reviews", "Session", "Spacing", "Topic"]
