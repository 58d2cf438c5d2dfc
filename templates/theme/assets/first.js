// Before anything is painted: that scripts run here, and which colours the reader chose or the device prefers.

document.documentElement.className = "js";
{
  let kept = null;
  try { kept = localStorage.getItem("colours"); } catch { /* storage is switched off */ }
  const dark = kept ? kept === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.mdColorScheme = dark ? "slate" : "default";
}
