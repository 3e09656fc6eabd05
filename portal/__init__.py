<<<<<<< HEAD
"""Vivier: a talent pool that is alive."""
=======
"""Vivier: a self-hosted talent-pool portal."""
>>>>>>> data
