// Chosen files are shown before they are sent; pictures are drawn on a canvas, so nothing leaves the page.
import { say, whenever } from "./page.js";

const MEGABYTE = 1024 * 1024;

async function picture(file) {
  const canvas = document.createElement("canvas");
  const bitmap = await createImageBitmap(file, { resizeWidth: 192, resizeQuality: "medium" });
  [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
  canvas.getContext("2d").drawImage(bitmap, 0, 0);
  bitmap.close();
  return canvas;
}

async function preview(file, limit) {
  const item = document.createElement("li");
  let shown = document.createElement("div");
  shown.className = "k";
  shown.textContent = file.name.split(".").pop().toUpperCase();
  if (file.type.startsWith("image/")) shown = await picture(file).catch(() => shown);
  const name = document.createElement("div");
  name.className = file.size > limit * MEGABYTE ? "bad" : "el";
  name.textContent = file.size > limit * MEGABYTE ? say("too_large", { name: file.name, limit }) : file.name;
  item.append(shown, name);
  return item;
}

whenever("input[type=file][data-files]", (input) => {
  input.addEventListener("change", async () => {
    const list = input.parentElement.querySelector("[data-previews]");
    const limit = Number(input.dataset.maxMb || 10);
    list?.replaceChildren(...(await Promise.all([...input.files].map((file) => preview(file, limit)))));
  });
});
