import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';

const PORT = /(?<=\bPORT=|\blocalhost:|\b127\.0\.0\.1:)\d{4}/g;

/** A text with a free port in the place of each one that it names, and the port that stands for 3000. */
export async function withFreePorts(text: string): Promise<{ text: string; port: string }> {
  const named = [...new Set(['3000', ...(text.match(PORT) ?? [])])];
  const free = await freePorts(named.length);
  const portFor = (port: string) => free[named.indexOf(port)] ?? port;
  return { text: text.replaceAll(PORT, portFor), port: portFor('3000') };
}

async function freePorts(count: number): Promise<string[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listening()));
  const ports = servers.map((server) => String((server.address() as AddressInfo).port));
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

async function listening(): Promise<Server> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
