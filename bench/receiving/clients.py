"""Eight clients that file complaints over HTTP on connections that stay open."""

import http.client
import itertools
import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

CLIENTS = 8
WORDS = (
    "全新未拆的手机拆开就有一道划痕,感觉被欺骗,要求全额退款并给一个说法。",
    "约好周六上午安装,师傅下午五点才到,孩子一个人在家等了一天,希望你们改进派单。",
    "收到的柜子门板断裂,包装里没有任何填充物,客服让我自己拍照上传了三次。",
    "积分到期没有提醒,三千二百分被清零,问了两次都说查不到记录。",
)


class Clients:
    """Files complaints by one agent's token, each from a customer of its own."""

    def __init__(self, address: str, token: str) -> None:
        self.place = urlsplit(address)
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self.counter = itertools.count(1)
        self.connections = [self._connect() for _number in range(CLIENTS)]
        self.pool = ThreadPoolExecutor(CLIENTS)

    def _connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(self.place.hostname or "", self.place.port or 80, timeout=60)

    def per_second(self, cases: int) -> float:
        """File so many complaints; gives how many a second."""
        bodies = iter([self.body() for _number in range(cases)])
        begin = time.perf_counter()
        list(self.pool.map(lambda connection: self._file(connection, bodies), self.connections))
        return cases / (time.perf_counter() - begin)

    def file_one(self) -> str:
        """File one complaint; gives its number."""
        return str(self._send(self.connections[0], self.body())["number"])

    def body(self) -> bytes:
        """A complaint like many: a name, a telephone, an order, two sentences."""
        number = next(self.counter)
        return json.dumps(
            {
                "title": "收到的商品与描述不符",
                "text": WORDS[number % len(WORDS)],
                "channel": "ticket",
                "name": f"客户{number}",
                "identities": [{"kind": "phone", "value": f"139{number:08d}"}],
                "order_number": f"E-{number:08d}",
                "amount": "1299.00",
            }
        ).encode()

    def _file(self, connection: http.client.HTTPConnection, bodies: Iterator[bytes]) -> None:
        for body in bodies:  # one iterator for all: whoever is free takes the next
            self._send(connection, body)

    def _send(self, connection: http.client.HTTPConnection, body: bytes) -> dict[str, Any]:
        connection.request("POST", "/api/v1/complaints", body, self.headers)
        answer = connection.getresponse()
        told = answer.read()
        if answer.status != 201:
            raise SystemExit(f"Filing answered {answer.status}: {told.decode(errors='replace')[:300]}")
        return dict(json.loads(told))

    def close(self) -> None:
        self.pool.shutdown()
        for connection in self.connections:
            connection.close()
