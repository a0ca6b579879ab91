// A form that asks the browser for a passkey before it is sent: the answer goes into its hidden field.
(() => {
  const form = document.querySelector("form[data-passkey]");
  const said = document.getElementById("passkey-trouble");
  const able = window.PublicKeyCredential && PublicKeyCredential.parseRequestOptionsFromJSON;
  if (!form || !able) return;
  if (form.dataset.passkey === "create") said.textContent = "";
  const options = JSON.parse(form.dataset.options);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const answer = form.dataset.passkey === "create"
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
      form.elements.answer.value = JSON.stringify(answer.toJSON());
      form.submit();
    } catch (error) {
      said.textContent = error.message;
    }
  });
})();
