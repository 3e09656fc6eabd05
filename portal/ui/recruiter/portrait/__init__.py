"""A segment, or the whole pool, in pictures: how alive it is, when and where its people can work, what they answered."""
