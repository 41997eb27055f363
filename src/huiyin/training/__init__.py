"""Courses, drills, simulator, exams."""
