/** Directus's own memory of which bars are closed; both are open unless somebody has closed them. */
const bars = ['sidebar-collapsed', 'nav-bar-collapsed'];

/** On a phone they lie over the page: a first visit there begins with them closed. Whoever opens one finds it as they left it. */
if (window.innerWidth <= 768) for (const bar of bars) if (localStorage.getItem(bar) === null) localStorage.setItem(bar, 'true');
