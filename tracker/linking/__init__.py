"""From a document to what it bears on: names, event type, dates in words, scored and explained links.

Every stage is a pure function of (text, gazetteer, targets, configuration). Nothing here holds a session or a socket.
"""
