class Thing:
    size = 1

thing = Thing()
thing.colour.name
