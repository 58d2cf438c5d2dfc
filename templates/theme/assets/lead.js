// Leads on at once, without a step back in the browser's history; a place named within the page is kept.
{
  const { to } = document.currentScript.dataset;
  location.replace(to.includes("#") ? to : to + location.search + location.hash);
}
