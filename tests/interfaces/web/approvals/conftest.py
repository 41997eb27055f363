from tests.interfaces.web.case.conftest import _policy, agent, at_minute, leader, other_agent, supervisor

__all__ = ["_policy", "agent", "at_minute", "leader", "other_agent", "supervisor"]
