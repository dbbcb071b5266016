"""The settings that a document holds besides its network: where the data comes from, and how to train."""
from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from core.datasets import DATASETS, FOLDS, ROLES, SPLITS, Dataset, Recipe
from core.optimizers import OPTIMIZERS
from core.params import Bool, Choice, Declared, Float, Int, KindList, KindOf, Labels, Text
from core.preprocessing import STEPS
from core.schedules import SCHEDULES

ENCODINGS = {"auto": "As the loss wants", "label": "Class numbers", "one_hot": "One-hot"}
RULES = {"gradient": "Gradient descent", "autoencoder": "Autoencoder",
         "adversarial": "Adversarial (GAN)", "perceptron": "Perceptron rule"}
MONITORS = {"auto": "Automatic", "loss": "Loss", "validation_loss": "Validation loss", "accuracy": "Accuracy",
            "validation_accuracy": "Validation accuracy"}
# What may change while a run goes on: the numbers that were computed so far stay as they are.
LIVE = ("learning_rate", "epochs", "early_stopping", "monitor", "min_delta", "restore_best")


class DataSettings(Declared):
    """Which samples, how they are prepared and split."""

    noun = "data"
    source = KindOf(default="xor", of=DATASETS, label="Data set", doc="Where the samples come from.")
    roles = Labels(options=ROLES, advanced=True, doc="What a column is for, where it is not what the data suggest.")
    steps = KindList(of=STEPS, label="Preprocessing",
                     doc="What is done to the samples, in this order, before the network gets them.")
    encoding = Choice(default="auto", options=ENCODINGS, label="Targets", advanced=True,
                      doc="How a class is presented to the loss.")
    validation = Float(default=0.0, low=0.0, high=0.9, unit="share", doc="Share kept out of training to watch it.")
    test = Float(default=0.0, low=0.0, high=0.9, unit="share", doc="Share kept out until training has ended.")
    split = Choice(default="stratified", options=SPLITS,
                   doc="How samples are chosen for validation and test. By class, each class has about the same share "
                   "of every part.")
    split_column = Text(default="", label="Split column", special="none",
                        doc="What the split goes by: a column that says train, validation or test, or, in order, a "
                        "column of dates or numbers to sort by.")
    folds = Int(default=FOLDS, low=2, high=20,
                doc="In how many equal parts the samples are cut, one of which is the validation part.")
    fold = Int(default=1, low=1, high=20, doc="Which of the folds is the validation part.")
    seed = Int(default=0, low=0, high=2**31 - 1, doc="Fixes the points that are drawn and how they are split.")

    @property
    def dataset(self) -> Dataset:
        """The chosen data set. Raises CoreError."""
        made: Dataset = DATASETS[self.source.kind](**self.source.params)
        return made

    @property
    def recipe(self) -> Recipe:
        """How its samples are made ready. Raises CoreError."""
        steps = tuple(STEPS[step.kind](**step.params) for step in self.steps)
        return Recipe(steps, MappingProxyType(dict(self.roles)), self.validation, self.test, self.seed, self.split,
                      self.split_column, self.folds, self.fold)

    @property
    def watched(self) -> bool:
        """True if samples are to be held back for validation."""
        return self.split in ("column", "folds") or self.validation > 0.0

    @property
    def kept(self) -> float:
        """The share of the samples that is left to learn from; 1 where only the data can tell."""
        if self.split == "folds":
            return (1.0 - self.test) * (1.0 - 1.0 / self.folds)
        return 1.0 if self.split == "column" else 1.0 - (self.validation + self.test)


class TrainingSettings(Declared):
    """How the network is trained."""

    noun = "training"
    rule = Choice(default="gradient", options=RULES, doc="How weights learn.")
    optimizer = KindOf(default="sgd", of=OPTIMIZERS, doc="How gradients become steps.")
    learning_rate = Float(default=0.1, low=0.0, high=1000.0, log=True, doc="Size of a step.")
    schedule = KindOf(default="constant", of=SCHEDULES, doc="How the learning rate changes while training goes on.")
    batch_size = Int(default=0, low=0, high=1_000_000, special="all", doc="Samples per step; 0 takes all of them.")
    epochs = Int(default=100, low=1, high=10_000_000, doc="Passes over the training data.")
    l2 = Float(default=0.0, low=0.0, high=100.0, log=True, label="L2",
               doc="Adds l2 * sum(w^2) over the weights, without biases, as Keras does.")
    clip_norm = Float(default=0.0, low=0.0, high=1e6, log=True, advanced=True,
                      doc="Shortens a gradient of all weights that is longer than this; 0 turns it off.")
    clip_value = Float(default=0.0, low=0.0, high=1e6, log=True, advanced=True,
                       doc="Bounds every number of the gradient to plus or minus this; 0 turns it off.")
    early_stopping = Int(default=0, low=0, high=10_000_000, special="off", unit="epochs",
                         doc="Ends training after this many epochs without an improvement; 0 turns it off.")
    monitor = Choice(default="auto", options=MONITORS, advanced=True,
                     doc="What early stopping, the best weights and a plateau of the schedule go by. Automatic takes "
                     "the validation loss if there is a validation part, else the loss.")
    min_delta = Float(default=0.0, low=0.0, high=1e6, advanced=True,
                      doc="An improvement is a change for the better by more than this.")
    restore_best = Bool(default=False, advanced=True, label="Restore best weights",
                        doc="Go back to the weights of the best epoch when training ends.")
    shuffle = Bool(default=True, advanced=True, doc="Draw a new order of the samples for every epoch.")
    seed = Int(default=0, low=0, high=2**31 - 1, doc="Fixes the first weights and the order of samples.")


def frozen_config(settings: Declared) -> Mapping[str, Any]:
    """The settings as an unchangeable mapping, as a document holds them."""
    return MappingProxyType(settings.config())


DEFAULT_DATA = frozen_config(DataSettings())
DEFAULT_TRAINING = frozen_config(TrainingSettings())
