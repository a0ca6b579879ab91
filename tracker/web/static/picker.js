// A long list of boxes gets a field above it that leaves only the names with what is typed; ticked ones always stay.
document.querySelectorAll(".picker").forEach((list, number) => {
  const names = [...list.querySelectorAll("label")];
  if (names.length < 12) return;
  const label = document.createElement("label");
  const input = document.createElement("input");
  input.type = "search";
  input.id = `picker-${number}`;
  input.autocomplete = "off";
  label.htmlFor = input.id;
  label.className = "small";
  label.textContent = list.dataset.filter;
  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLowerCase();
    names.forEach((name) => {
      const ticked = name.querySelector("input").checked;
      name.hidden = !ticked && !name.textContent.toLowerCase().includes(wanted);
    });
  });
  input.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  list.before(label, input);
});
