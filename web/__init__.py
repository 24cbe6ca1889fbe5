"""What people TOUCH: the commands and the pages; the only room that wires the others together.

Imports all rooms, Flask and Click; never SQL, an engine's library or a socket. A page view never crawls.
"""
