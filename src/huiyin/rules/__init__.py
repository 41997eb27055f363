"""The registry of rules: code, title, requirement ids, source, evidence; base of every refusal."""
