"""The tests: one folder for each app, one file for each verb."""
