"""Where the learners' programs are kept: under the exercise and the mistake that they make."""


def programs():
    """Return an empty dict, and a decorator that puts functions in it under (exercise, mistake)."""
    kept = {}

    def learner(exercise, mistake):
        def keep(function):
            assert (exercise, mistake) not in kept, (exercise, mistake)
            kept[exercise, mistake] = function
            return function

        return keep

    return kept, learner
