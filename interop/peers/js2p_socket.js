'use strict';
// What each program on js2p needs that has one node of it: js2p_peer.js here, and the driver of the benchmarks.

const net = require('net');

// A port that nobody listens on; js2p takes no 0 for one.
exports.freePort = (host) => new Promise((resolve, reject) => {
  const probe = net.createServer().on('error', reject);
  probe.listen(0, host, () => {
    const { port } = probe.address();
    probe.close(() => resolve(port));
  });
});

// A node of a kind: mesh, sync or chord.
exports.open = (kind, host, port, protocol, leasing) => {
  const js2p = require('js2p');
  const types = { mesh: () => js2p.mesh.MeshSocket, sync: () => js2p.sync.SyncSocket, chord: () => js2p.chord.ChordSocket };
  const Socket = types[kind]();
  const first = [host, port, protocol];
  // The leasing argument must be given: left out, the name and the rules of js2p disagree.
  if (kind === 'sync') first.push(leasing);
  return new Socket(...first, [host, port], 0);
};
