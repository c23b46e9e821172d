export function workersPage(host) { host.append('x'); return { title: 'x' }; }
