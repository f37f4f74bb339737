class RequestException(OSError):
    """Whatever keeps an answer away."""


def post(*args, **kwargs):
    raise RequestException("the stand-in has no network")


get = post
