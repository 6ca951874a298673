// Passkeys: the browser makes or uses one, and the form carries its answer. Without passkeys the forms stay hidden.
(() => {
  "use strict";
  const able = window.PublicKeyCredential && window.PublicKeyCredential.parseCreationOptionsFromJSON;
  if (!able) return;

  const say = (words) => {
    const alert = document.getElementById("alert");
    if (alert) alert.replaceChildren(Object.assign(document.createElement("p"), { className: "notice error", textContent: words }));
  };

  // What the server asks of the browser; a refusal (a wrong password) comes as one sentence.
  const asked = async (form) => {
    const answer = await fetch(form.dataset.options, { method: "POST", body: new FormData(form) });
    const options = await answer.json();
    if (!answer.ok) throw new Error(options.error);
    return options;
  };

  const answered = async (form, options) => {
    if (form.dataset.passkey === "create") {
      return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
    }
    return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      let options;
      try {
        options = await asked(form);
      } catch (refusal) {
        say(refusal.message || form.dataset.failed);
        return;
      }
      try {
        form.elements.credential.value = JSON.stringify((await answered(form, options)).toJSON());
      } catch {
        say(form.dataset.failed);
        return;
      }
      form.submit();
    });
  }
})();
