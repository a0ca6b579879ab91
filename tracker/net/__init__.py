"""The way to the outside: `http` asks public servers, `mail` hands over letters. Nothing else opens a socket."""
