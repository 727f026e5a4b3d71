"""The embedded Patchwork server and its corpus; also the server of the tests."""
