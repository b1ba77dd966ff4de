# SPDX-License-Identifier: Apache-2.0
# Copyright the actorpush authors
"""A slow link to a plain server, on this machine: so many bytes a second in either direction."""

import asyncio
import socket
import threading

CHUNK = 4096


class SlowLink:
    """Accepts connections at `port` of localhost, for the server at `target`; `rate` in bytes a second."""

    def __init__(self, target, rate):
        self.target, self.rate, self.port = target, rate, None
        ready = threading.Event()
        threading.Thread(target=lambda: asyncio.run(self._serve(ready)), daemon=True).start()
        ready.wait()

    async def _serve(self, ready):
        # A small buffer: what a sender has handed over is nearly there.
        place = socket.socket()
        place.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 * CHUNK)
        place.bind(("127.0.0.1", 0))
        server = await asyncio.start_server(self._accept, sock=place, limit=CHUNK)
        self.port = server.sockets[0].getsockname()[1]
        asyncio.get_running_loop().set_exception_handler(lambda *_: None)
        ready.set()
        await server.serve_forever()

    async def _accept(self, reader, writer):
        there, back = await asyncio.open_connection("127.0.0.1", self.target, limit=CHUNK)
        await asyncio.gather(self._carry(reader, back), self._carry(there, writer))

    async def _carry(self, reader, writer):
        try:
            while data := await reader.read(CHUNK):
                writer.write(data)
                await writer.drain()
                await asyncio.sleep(len(data) / self.rate)
        finally:
            writer.close()
