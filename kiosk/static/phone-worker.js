/*
 * Shows the office's messages to a phone whose ticket page is closed. The words come with the message, in the visitor's
 * language; it names no number and no desk. Nothing is kept here.
 */
self.addEventListener('push', (event) => {
  const { title, body, page } = event.data.json();
  const vibrate = [300, 150, 300, 150, 600];
  event.waitUntil(
    self.registration.showNotification(title, { body, vibrate, tag: 'turn', renotify: true, data: { page } }),
  );
});

self.addEventListener('notificationclick', (event) => {
  const { page } = event.notification.data;
  event.notification.close();
  event.waitUntil(open(page));
});

/** The ticket's page if it is open somewhere, else a new one. */
async function open(page) {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const known = windows.find(({ url }) => new URL(url).pathname === page);
  await (known ? known.focus() : self.clients.openWindow(page));
}
