"""The requests of the benchmarks, and Lua scripts with which wrk sends them."""

import json

import harness

SUCCEEDED = '"userErrors":[]'
OVERLOADED = '"OVERLOADED"'
# In a body or a token, wrk replaces it with a number of 10 digits that no other request of the run has.
NUMBER = "NUMBER"


def body(query, variables=None):
    return json.dumps({"query": query, **({"variables": variables} if variables else {})}, separators=(",", ":"))


def mutation(name, kind, values, fields=""):
    query = f"mutation ($input: {kind}!) {{ {name}(input: $input) {{ userErrors {{ code }} {fields} }} }}"
    return body(query, {"input": values})


ME = body("{ me { id email name } }")
SESSIONS = body("{ me { sessions(first: 20) { nodes { id createdAt lastUsedAt ipAddress deviceName current } } } }")
SECURITY_EVENTS = body("{ me { securityEvents(first: 20) { nodes { id type occurredAt ipAddress deviceName } } } }")
TOKENS = "tokens { accessToken refreshToken }"


def login(number, address="user{}@example.org"):
    return mutation("login", "LoginInput", {"identifier": address.format(number), "password": harness.PASSWORD}, TOKENS)


def register(address):
    return mutation("register", "RegisterInput", {"email": address, "password": harness.PASSWORD}, TOKENS)


def update_profile(name):
    return mutation("updateProfile", "UpdateProfileInput", {"name": name})


def request_password_reset(address):
    return mutation("requestPasswordReset", "RequestPasswordResetInput", {"email": address})


def refresh_session(token):
    return mutation("refreshSession", "RefreshSessionInput", {"refreshToken": token}, TOKENS)


def checked(expected, rejection=None):
    """Returns Lua that judges each response; see `harness.CHECKED`."""
    return f"expected = {quoted(expected)}\n{f'rejection = {quoted(rejection)}' if rejection else ''}\n{harness.CHECKED}"


def prepared(requests):
    """Returns Lua that sends random ones of `requests`: pairs of a body and a token or None. wrk formats them beforehand, so
    that it takes little of the machine."""
    return f"""
requests = {{}}
function init()
    math.randomseed(thread_number)
    for _, it in ipairs({listed(requests)}) do table.insert(requests, wrk.format("POST", nil, it.headers, it.body)) end
end
function request()
    return requests[math.random(#requests)]
end
"""


def numbered(requests, more=""):
    """Like `prepared`, with another NUMBER in each request. `more` is Lua that may change `headers` before it is sent."""
    return f"""
requests = {listed(requests)}
counter = 0
function init()
    math.randomseed(thread_number)
end
function request()
    counter = counter + 1
    local number = string.format("%d%09d", thread_number, counter)
    local it = requests[math.random(#requests)]
    local headers = {{["Content-Type"] = it.headers["Content-Type"]}}
    if it.headers.Authorization then headers.Authorization = string.gsub(it.headers.Authorization, "{NUMBER}", number) end
    {more}
    return wrk.format("POST", nil, headers, (string.gsub(it.body, "{NUMBER}", number)))
end
"""


def limited(total):
    """Returns Lua that ends the load after about so many responses. It must follow that of `checked`."""
    return f"""
judge = response
answered = 0
function response(status, headers, body)
    judge(status, headers, body)
    answered = answered + 1
    -- wrk has no other way to end before its time.
    if answered == {total // harness.THREADS} then io.popen("kill -INT $PPID"):close() end
end
"""


def listed(requests):
    return f"{{{','.join(f'{{body={quoted(text)},headers={headers(token)}}}' for text, token in requests)}}}"


def headers(token):
    authorization = f',Authorization={quoted(f"Bearer {token}")}' if token else ""
    return f'{{["Content-Type"]="application/json"{authorization}}}'


def quoted(text):
    """Returns a Lua string."""
    return f"[=[{text}]=]"
