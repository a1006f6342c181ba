from .other import shared
where = __name__
