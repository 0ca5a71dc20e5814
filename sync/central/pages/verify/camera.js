// Reading the code with the camera, where the browser has a reader of its own (BarcodeDetector).

const PAUSE_MS = 150;

/** Whether this browser can read a code by itself. */
export async function canScan() {
  if (!("BarcodeDetector" in globalThis) || !navigator.mediaDevices?.getUserMedia) return false;
  return (await BarcodeDetector.getSupportedFormats()).includes("qr_code");
}

/** One look through the camera, until a code is seen or somebody stops it. */
export class Camera {
  #video;
  #stream = null;

  constructor(video) {
    this.#video = video;
  }

  /** The text of the first code seen; "" when it was stopped; throws a DOMException when there is no camera. */
  async read() {
    const wanted = { video: { facingMode: { ideal: "environment" } }, audio: false };
    const stream = await navigator.mediaDevices.getUserMedia(wanted);
    this.#stream = stream;
    this.#video.srcObject = stream;
    try {
      await this.#video.play();
      return await this.#firstCode(stream);
    } catch (error) {
      if (this.#stream !== stream && error instanceof DOMException) return ""; // stopped in the middle of a step
      throw error;
    } finally {
      if (this.#stream === stream) this.stop();
    }
  }

  /** Switch the camera off. */
  stop() {
    this.#stream?.getTracks().forEach((track) => track.stop());
    this.#stream = null;
    this.#video.srcObject = null;
  }

  async #firstCode(stream) {
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    while (this.#stream === stream) {
      const texts = (await detector.detect(this.#video)).map((code) => code.rawValue);
      if (texts.length > 0) return texts.find((text) => text.toUpperCase().includes("PREFTKT")) ?? texts[0];
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    return "";
  }
}
