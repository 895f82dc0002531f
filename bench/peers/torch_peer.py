"""PyTorch eager in one process: tensors indexed directly, no DataLoader, nothing read back in the loop."""
import peer

a = peer.work()

import torch
import torch_model

torch.set_num_threads(a.threads)
X, Y, X_test, Y_test = [torch.from_numpy(values) for values in peer.mnist(a)]
model = torch_model.network(a)
step = torch_model.stepper(model, torch_model.optimizer(a, model.parameters()))


def epoch():
    if a.batch == a.samples:
        step(X, Y)
        return
    for chosen in torch.randperm(a.samples).split(a.batch):
        step(X.index_select(0, chosen), Y.index_select(0, chosen))


times = peer.timed(a, epoch)
peer.report(times, torch_model.accuracy(model, X_test, Y_test), "PyTorch " + torch.__version__)
