"""One act for many candidates: shown before it is done, undone once while nothing has left."""
