export function submitPage(host) { host.append('x'); return { title: 'x' }; }
