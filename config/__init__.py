"""Settings, addresses, API assembly, process commands: what joins the packages into one server."""
