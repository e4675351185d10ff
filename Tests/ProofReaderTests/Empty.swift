// placeholder, replaced by the room's tests
