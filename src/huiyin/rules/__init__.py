"""The registry of rules: code, title, requirement ids, source, evidence; base of every refusal."""

from huiyin.rules.refusal import Refusal
from huiyin.rules.registry import Rule, RuleError, all_rules, declare, rule

__all__ = ["Refusal", "Rule", "RuleError", "all_rules", "declare", "rule"]
