"""Measuring: data sets, measures with their uncertainty, the report, and comparing two reports."""
