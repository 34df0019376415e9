// The seat map: whoever is dragged onto a seat is chosen there, and the two seats change places.
"use strict";
(() => {
  const form = document.getElementById("judge");
  if (!form) return;
  let dragged = null;
  const person = (place) => place.querySelector("select")?.value ?? place.dataset.person;
  form.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("[data-person]");
    if (dragged) event.dataTransfer.setData("text/plain", person(dragged));
  });
  form.addEventListener("dragover", (event) => {
    const seat = event.target.closest("[data-seat]");
    if (!seat || !dragged) return;
    event.preventDefault();
    for (const each of form.querySelectorAll(".seat.over")) each.classList.remove("over");
    seat.classList.add("over");
  });
  form.addEventListener("drop", (event) => {
    const seat = event.target.closest("[data-seat]");
    if (!seat || !dragged) return;
    event.preventDefault();
    seat.classList.remove("over");
    const into = seat.querySelector("select");
    const from = dragged.querySelector("select");
    const before = into.value;
    into.value = person(dragged);
    if (from && from !== into) from.value = before;
    dragged = null;
  });
})();
