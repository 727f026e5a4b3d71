"""The domain: frozen objects, standard library only, no input or output."""
