<<<<<<< HEAD
"""What every feature stands on; knows nothing about talent."""
=======
"""Small tools that know nothing about talent."""
>>>>>>> data
