"""Vivier: a self-hosted talent-pool portal."""
