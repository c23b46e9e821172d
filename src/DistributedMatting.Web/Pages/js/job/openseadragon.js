let loading = null;

/** The vendored OpenSeadragon, fetched when the first picture is looked at. */
export function loadOpenSeadragon() {
  loading ??= new Promise((done, failed) => {
    // It looks for this mark before it writes a style into the page, which the page's policy forbids; of no namespace
    // that a browser knows, the mark is no style itself.
    const mark = document.createElementNS("urn:mark", "style");
    mark.setAttribute("data-openseadragon-mobile-css", "true");
    document.head.append(mark);
    const script = document.createElement("script");
    script.src = "/pages/vendor/openseadragon/openseadragon.min.js";
    script.onload = () => done(window.OpenSeadragon);
    script.onerror = () => {
      loading = null;
      script.remove();
      failed(new Error("the picture viewer could not be loaded"));
    };
    document.head.append(script);
  });
  return loading;
}
