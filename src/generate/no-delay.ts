import { Socket } from 'node:net';

/*
 * Loaded into pgtyped's process: it writes each message of the protocol by itself, and Nagle's algorithm would hold
 * the second one back until the server has acknowledged the first, which takes it 40 ms.
 */
const { connect } = Socket.prototype;
Socket.prototype.connect = function (this: Socket, ...args: unknown[]) {
  this.setNoDelay(true);
  return Reflect.apply(connect, this, args);
} as typeof connect;
