"""The pages that people use: server-rendered, whole without JavaScript."""
