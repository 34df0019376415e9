"""The registry: the life of every document, from draft to delivery, and the proof of what left."""
